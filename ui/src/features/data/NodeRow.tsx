import { IconAngleDown, IconAngleRight } from "hds-react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";

import type { NodeView, ValueView } from "../../backend/bindings";
import { useCommand } from "../../backend/useCommand";
import { ErrorNotice } from "../../errors/ErrorNotice";
import { NodeList } from "./NodeList";
import { NodeValue } from "./NodeValue";

type Props = {
  snapshotId: string;
  node: NodeView;
  name: string;
  depth: number;
  isOpenAtFirst: boolean;
};

/** One node: a name and a value, or a group that opens. */
export function NodeRow({ snapshotId, node, name, depth, isOpenAtFirst }: Props) {
  const { t } = useTranslation();
  const reveal = useCommand();
  const [isOpen, setIsOpen] = useState(isOpenAtFirst);
  const [revealed, setRevealed] = useState<ValueView>();
  const id = useId();

  if (node.kind === "group" && node.childCount > 0) {
    const Mark = isOpen ? IconAngleDown : IconAngleRight;
    return (
      <li className="node node--group">
        <button
          type="button"
          className="node__toggle"
          aria-expanded={isOpen}
          aria-controls={isOpen ? id : undefined}
          onClick={() => {
            setIsOpen(!isOpen);
          }}
        >
          <Mark aria-hidden="true" />
          <span className="node__name">{name}</span>
          <span className="node__count">{t("source.group", { count: node.childCount })}</span>
        </button>
        {isOpen && (
          <div id={id}>
            <NodeList snapshotId={snapshotId} parent={node.seq} total={node.childCount} depth={depth + 1} />
          </div>
        )}
      </li>
    );
  }

  return (
    <li className="node">
      <span className="node__name">{name}</span>
      <span className="node__value">
        <NodeValue node={node} revealed={revealed} />
        {node.isMasked && (
          <button
            type="button"
            className="text-button"
            aria-label={t(revealed ? "source.hideNamed" : "source.showNamed", { label: name })}
            onClick={() => {
              if (revealed) {
                setRevealed(undefined);
              } else {
                void reveal.run((backend) => backend.revealNode(snapshotId, node.seq), setRevealed);
              }
            }}
          >
            {t(revealed ? "source.hide" : "source.show")}
          </button>
        )}
        <ErrorNotice error={reveal.error} />
      </span>
    </li>
  );
}
