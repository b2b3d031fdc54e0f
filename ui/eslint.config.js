import js from "@eslint/js";
import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import globals from "globals";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["dist", "test-results", "src/backend/bindings.ts"] },
  js.configs.recommended,
  {
    rules: {
      "max-lines": ["error", 400],
      // The window has no log of its own: what goes wrong is told by the app.
      "no-console": "error",
      "no-eval": "error",
      eqeqeq: "error",
    },
  },
  {
    files: ["**/*.{ts,tsx}"],
    extends: [tseslint.configs.strict, tseslint.configs.stylistic],
    languageOptions: { globals: globals.browser },
    rules: {
      "@typescript-eslint/consistent-type-definitions": ["error", "type"],
      "@typescript-eslint/consistent-type-imports": "error",
    },
  },
  {
    files: ["src/**/*.{ts,tsx}"],
    extends: [jsxA11y.flatConfigs.strict, reactHooks.configs.flat.recommended],
    rules: {
      "no-restricted-syntax": [
        "error",
        { selector: "ExportDefaultDeclaration", message: "Exports have names." },
        { selector: "MemberExpression[property.name='innerHTML']", message: "What comes from outside is shown as text." },
        {
          selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']",
          message: "What comes from outside is shown as text.",
        },
      ],
    },
  },
  {
    files: ["src/backend/backend.ts", "src/i18n/i18next.d.ts"],
    rules: { "@typescript-eslint/consistent-type-definitions": "off" },
  },
  {
    files: ["**/*.js"],
    languageOptions: { globals: globals.node },
  },
  {
    // What these hand to the browser runs there.
    files: ["e2e/**/*.js"],
    languageOptions: { globals: globals.browser },
  },
);
