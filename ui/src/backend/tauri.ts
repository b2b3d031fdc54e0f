import { invoke } from "@tauri-apps/api/core";
import type { InvokeArgs, InvokeOptions } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";

import type { Answer, AppEvent, Backend } from "./backend";
import { isUiError } from "./uiError";

/** The channel on which the app speaks without being asked. */
const EVENT_CHANNEL = "app-event";

/** Asks the desktop shell. A refusal is an answer; anything unexpected becomes `unexpected`. */
async function ask<T>(command: string, args?: InvokeArgs, options?: InvokeOptions): Promise<Answer<T>> {
  try {
    return { ok: true, value: await invoke<T>(command, args, options) };
  } catch (reason) {
    return isUiError(reason)
      ? { ok: false, error: reason }
      : { ok: false, error: { code: "unexpected", incident: "", detail: null } };
  }
}

/** The backend of the real app: every method is one command of the desktop shell. */
export function tauriBackend(): Backend {
  return {
    status: () => ask("status"),
    setLanguage: (language) => ask("set_language", { language }),
    passphraseStrength: (passphrase) => ask("passphrase_strength", { passphrase }),
    createVault: (passphrase) => ask("create_vault", { passphrase }),
    unlockVault: (passphrase) => ask("unlock_vault", { passphrase }),
    lockVault: () => ask("lock_vault"),

    listOperators: () => ask("list_operators"),
    connectSampleCity: () => ask("connect_sample_city"),
    connectOperator: (url) => ask("connect_operator", { url }),
    signIn: (operatorId) => ask("sign_in", { operatorId }),
    cancelSignIn: () => ask("cancel_sign_in"),

    refresh: () => ask("refresh"),
    listSources: () => ask("list_sources"),
    listNodes: (snapshotId, parent, offset, limit) => ask("list_nodes", { snapshotId, parent, offset, limit }),
    revealNode: (snapshotId, seq) => ask("reveal_node", { snapshotId, seq }),
    rawSource: (snapshotId) => ask("raw_source", { snapshotId }),
    importFile: (name, bytes) =>
      ask("import_file", bytes, { headers: { "x-file-name": encodeURIComponent(name) } }),
    removeFile: (snapshotId) => ask("remove_file", { snapshotId }),

    listRequests: () => ask("list_requests"),
    findRequest: (id) => ask("find_request", { id }),
    answerRequest: (id, answer) => ask("answer_request", { id, answer }),

    listPermissions: () => ask("list_permissions"),
    findPermission: (id) => ask("find_permission", { id }),
    withdrawPermission: (id) => ask("withdraw_permission", { id }),
    exportProof: (id) => ask("export_proof", { id }),
    listUses: (offset, limit) => ask("list_uses", { offset, limit }),

    listOffers: () => ask("list_offers"),
    acceptOffer: (id, subjectId) => ask("accept_offer", { id, subjectId }),
    dismissOffer: (id) => ask("dismiss_offer", { id }),
    restoreOffer: (id) => ask("restore_offer", { id }),

    listen(listener) {
      const unlisten = listen<AppEvent>(EVENT_CHANNEL, (event) => {
        listener(event.payload);
      });
      return () => {
        void unlisten.then((stop) => {
          stop();
        });
      };
    },
  };
}
