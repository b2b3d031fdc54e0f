import { useEffect, useState } from "react";

import { useBackend } from "../../backend/BackendContext";
import type { NodeView, UiError } from "../../backend/bindings";

/** How many nodes are asked for at a time. */
export const NODES_AT_A_TIME = 100;

/** The nodes below one, fetched part by part. */
export type Nodes = {
  nodes: readonly NodeView[];
  /** The last part was full, so there may be more. */
  mayHaveMore: boolean;
  isLoading: boolean;
  error: UiError | undefined;
  more: () => void;
};

/** Fetches the nodes below `parent`, the first part at once and the others when asked for. */
export function useNodes(snapshotId: string, parent: number | null): Nodes {
  const backend = useBackend();
  const [nodes, setNodes] = useState<readonly NodeView[]>([]);
  const [mayHaveMore, setMayHaveMore] = useState(false);
  const [isLoading, setIsLoading] = useState(true);
  const [error, setError] = useState<UiError>();

  const [offset, setOffset] = useState(0);

  useEffect(() => {
    let isCurrent = true;
    void backend.listNodes(snapshotId, parent, offset, NODES_AT_A_TIME).then((answer) => {
      if (!isCurrent) {
        return;
      }
      setIsLoading(false);
      if (answer.ok) {
        setNodes((before) => [...before.slice(0, offset), ...answer.value]);
        setMayHaveMore(answer.value.length === NODES_AT_A_TIME);
        setError(undefined);
      } else {
        setError(answer.error);
      }
    });
    return () => {
      isCurrent = false;
    };
  }, [backend, snapshotId, parent, offset]);

  return {
    nodes,
    mayHaveMore,
    isLoading,
    error,
    more: () => {
      setIsLoading(true);
      setOffset(nodes.length);
    },
  };
}
