import i18next from "i18next";
import { beforeAll, expect, test } from "vitest";

import { startI18n } from "../i18n/i18n";
import { errorMessage } from "./errorMessage";

beforeAll(() => startI18n());

test.each(["fi", "sv", "en"])("every error has words in %s", async (language) => {
  await i18next.changeLanguage(language);

  const lacking = Object.values(errorMessage).filter(({ key }) => i18next.t(key) === key);

  expect(lacking).toEqual([]);
});

test("what the person did themselves is told calmly", () => {
  expect(errorMessage.signInCancelled.tone).toBe("info");
  expect(errorMessage.permissionEnded.tone).toBe("info");
  expect(errorMessage.requestAnswered.tone).toBe("info");
});
