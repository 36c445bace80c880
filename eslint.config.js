/** The linter's rules for the canvas and its tests. */

import js from "@eslint/js";

export default [
  { ignores: [".venv*/", "node_modules/", "test-results/", "docs/"] },
  js.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "no-undef": "off", // tsc knows every name, and the browser's among them
      "eqeqeq": "error",
      "no-unused-vars": ["error", { ignoreRestSiblings: true, argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "no-var": "error",
      "prefer-const": "error",
      "no-restricted-properties": [
        "error",
        { property: "innerHTML", message: "Text goes into the page as text: use textContent." },
        { property: "outerHTML", message: "Text goes into the page as text: use textContent." },
      ],
    },
  },
];
