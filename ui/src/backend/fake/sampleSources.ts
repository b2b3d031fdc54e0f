import type { SourceView } from "../bindings";
import { CULTURE, FAMILY, LIBRARY, LONG_LIST, PROFILE_FILE } from "./sampleTrees";
import type { Tree } from "./tree";
import { grow, preview, valueCount } from "./tree";
import { name, words } from "./words";

/** A source with what it holds and the bytes that it came as. */
export type SampleSource = { view: SourceView; tree: Tree; raw: string };

const CHECKSUM = "7d5e9c0b1f3a84627ce0d9b4a1583f6e2c94b7d0586ea1f3927bc4d8e06f15a2";

function source(
  given: Pick<SourceView, "id" | "title"> & Partial<SourceView>,
  branches: Parameters<typeof grow>[0],
): SampleSource {
  const tree = grow(branches);
  const raw = JSON.stringify(branches, null, 2);
  return {
    tree,
    raw,
    view: {
      operatorId: "operator-1",
      outcome: "ok",
      problem: null,
      problemStatus: null,
      fetchedAt: "2026-11-21T06:12:00Z",
      valueCount: valueCount(tree),
      isFile: false,
      rawBytes: raw.length,
      sha256: raw.length > 2 ? CHECKSUM : null,
      preview: preview(tree),
      ...given,
    },
  };
}

/** The family's sources, each with another outcome, and a file. */
export function sampleSources(): SampleSource[] {
  return [
    source({ id: "source-family", title: words("Perhe ja osoite", "Familj och adress", "Family and address") }, FAMILY),
    source(
      { id: "source-culture", title: words("Kulttuurikummit", "Kulturfaddrarna", "Culture for small children") },
      CULTURE,
    ),
    source({ id: "source-library", title: words("Kirjasto", "Biblioteket", "Library") }, LIBRARY),
    source(
      { id: "source-youth", title: words("Nuorisopalvelut", "Ungdomstjänster", "Youth services"), outcome: "empty" },
      [],
    ),
    source(
      {
        id: "source-parking",
        title: words("Asukaspysäköinti", "Boendeparkering", "Resident parking"),
        outcome: "failed",
        problem: "Service timeout",
        problemStatus: 504,
      },
      [],
    ),
    source(
      {
        id: "source-health",
        title: words("Terveyspalvelut", "Hälsotjänster", "Health services"),
        outcome: "needsStrongerIdentification",
      },
      [],
    ),
    sampleFile("helsinki-profiili.json"),
  ];
}

/** What an opened file becomes. */
export function sampleFile(fileName: string, id = "file-1"): SampleSource {
  return source(
    { id, title: name(fileName), operatorId: null, isFile: true, fetchedAt: "2026-11-20T17:41:00Z" },
    PROFILE_FILE,
  );
}

/** A file with more entries than are shown at a time. */
export function longFile(): SampleSource {
  return source(
    { id: "file-long", title: name("varaukset.json"), operatorId: null, isFile: true },
    LONG_LIST,
  );
}
