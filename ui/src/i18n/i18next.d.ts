import type en from "./en.json";

// A key that en.json lacks does not compile.
declare module "i18next" {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
  }
}
