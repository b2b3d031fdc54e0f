import type { NodeView, TextView, ValueView } from "../bindings";

/** A branch of a source's tree, as the samples write it. */
export type Branch = {
  key: string;
  label: TextView;
  value?: ValueView;
  isMasked?: boolean;
  /** The reason for which the source gives no value. */
  unavailable?: string;
  children?: readonly Branch[];
};

/** A tree as the app hands it out: flat, numbered, with parents. */
export type Tree = { nodes: { parent: number | null; node: NodeView; hidden: ValueView | null }[] };

/** Numbers a tree from the top, parents before children. */
export function grow(branches: readonly Branch[]): Tree {
  const nodes: Tree["nodes"] = [];
  const add = (branch: Branch, parent: number | null) => {
    const seq = nodes.length + 1;
    nodes.push({ parent, node: nodeOf(branch, seq), hidden: branch.isMasked ? (branch.value ?? null) : null });
    for (const child of branch.children ?? []) {
      add(child, seq);
    }
  };
  for (const branch of branches) {
    add(branch, null);
  }
  return { nodes };
}

function nodeOf(branch: Branch, seq: number): NodeView {
  const shared = { seq, key: branch.key, label: branch.label, isMasked: branch.isMasked ?? false };
  if (branch.children) {
    return { ...shared, kind: "group", value: null, childCount: branch.children.length };
  }
  if (branch.unavailable !== undefined) {
    return { ...shared, kind: "notAvailable", value: { kind: "text", text: branch.unavailable }, childCount: 0 };
  }
  return { ...shared, kind: "value", value: branch.isMasked ? null : (branch.value ?? { kind: "nothing" }), childCount: 0 };
}

/** How many values a tree has. */
export function valueCount({ nodes }: Tree): number {
  return nodes.filter(({ node }) => node.kind === "value").length;
}

/** The first values, to recognise a source by. */
export function preview({ nodes }: Tree): NodeView[] {
  return nodes
    .filter(({ node }) => node.kind === "value" && !node.isMasked)
    .slice(0, 3)
    .map(({ node }) => node);
}
