import { beforeEach, describe, expect, test, vi } from "vitest";

import type { Backend } from "./backend";
import { tauriBackend } from "./tauri";

const invoke = vi.hoisted(() => vi.fn());
vi.mock("@tauri-apps/api/core", () => ({ invoke }));
vi.mock("@tauri-apps/api/event", () => ({ listen: vi.fn(() => Promise.resolve(() => undefined)) }));

beforeEach(() => {
  invoke.mockReset();
});

describe("a command", () => {
  test("is named as the method, in snake case", async () => {
    const backend = tauriBackend();
    const methods = (Object.keys(backend) as (keyof Backend)[]).filter((method) => method !== "listen");

    for (const method of methods) {
      invoke.mockResolvedValueOnce(null);
      await (backend[method] as (...given: unknown[]) => Promise<unknown>)();
    }

    const expected = methods.map((method) => method.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
    expect(invoke.mock.calls.map(([command]: unknown[]) => command)).toEqual(expected);
  });

  test("carries its arguments by name", async () => {
    invoke.mockResolvedValue([]);

    await tauriBackend().listNodes("snapshot", 3, 100, 100);

    expect(invoke).toHaveBeenCalledWith(
      "list_nodes",
      { snapshotId: "snapshot", parent: 3, offset: 100, limit: 100 },
      undefined,
    );
  });

  test("sends a file's bytes raw and its name as a header", async () => {
    const bytes = new ArrayBuffer(4);
    invoke.mockResolvedValue(null);

    await tauriBackend().importFile("ääkköset.json", bytes);

    expect(invoke).toHaveBeenCalledWith("import_file", bytes, {
      headers: { "x-file-name": "%C3%A4%C3%A4kk%C3%B6set.json" },
    });
  });
});

describe("a failure", () => {
  test("with a code is an answer, not an exception", async () => {
    const error = { code: "wrongPassphrase", incident: "i-1", detail: null };
    invoke.mockRejectedValue(error);

    expect(await tauriBackend().unlockVault("x")).toEqual({ ok: false, error });
  });

  test("without one is unexpected", async () => {
    invoke.mockRejectedValue("the shell is gone");

    expect(await tauriBackend().status()).toEqual({
      ok: false,
      error: { code: "unexpected", incident: "", detail: null },
    });
  });
});
