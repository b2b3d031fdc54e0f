import { Button, ButtonSize, ButtonVariant } from "hds-react";
import { useTranslation } from "react-i18next";

import { Loading } from "../../components/Loading";
import { ErrorNotice } from "../../errors/ErrorNotice";
import { useFormat } from "../../i18n/useFormat";
import { NodeRow } from "./NodeRow";
import { NODES_AT_A_TIME, useNodes } from "./useNodes";

/** Few groups at the top are opened at once: most copies are small. */
const OPEN_AT_ONCE = 6;

type Props = {
  snapshotId: string;
  parent: number | null;
  /** How many nodes the parent has, when it is known. */
  total?: number;
  depth: number;
};

/** The nodes below one, a hundred at a time. */
export function NodeList({ snapshotId, parent, total, depth }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const { nodes, mayHaveMore, isLoading, error, more } = useNodes(snapshotId, parent);
  const groups = nodes.filter(({ kind }) => kind === "group").length;
  const left = total === undefined ? NODES_AT_A_TIME : Math.min(total - nodes.length, NODES_AT_A_TIME);

  // Several of the same name are numbered, so that they can be told apart.
  const names = nodes.map((node) => format.text(node.label) || node.key);
  const counts = new Map<string, number>();
  for (const name of names) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const seen = new Map<string, number>();
  const numbered = names.map((name) => {
    const number = (seen.get(name) ?? 0) + 1;
    seen.set(name, number);
    return (counts.get(name) ?? 0) > 1 ? t("source.numbered", { label: name, number }) : name;
  });

  return (
    <>
      {nodes.length > 0 && (
        <ul className={depth === 0 ? "nodes" : "nodes nodes--below"}>
          {nodes.map((node, index) => (
            <NodeRow
              key={node.seq}
              snapshotId={snapshotId}
              node={node}
              name={numbered[index] ?? node.key}
              depth={depth}
              isOpenAtFirst={depth === 0 && groups <= OPEN_AT_ONCE}
            />
          ))}
        </ul>
      )}
      {isLoading && <Loading />}
      <ErrorNotice error={error} />
      {!isLoading && mayHaveMore && left > 0 && (
        <Button variant={ButtonVariant.Secondary} size={ButtonSize.Small} onClick={more}>
          {t("source.more", { count: left })}
        </Button>
      )}
    </>
  );
}
