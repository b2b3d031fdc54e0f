/** Every screen and state that is looked at: a name, a scenario of the pretend backend, an address, and what is done first. */
export const SCREENS = [
  { name: "welcome", scenario: "absent" },
  { name: "create a vault", scenario: "absent", prepare: start },
  { name: "damaged vault", scenario: "damaged" },
  { name: "unlock", scenario: "locked" },
  { name: "wrong passphrase", scenario: "locked", prepare: submitForm },
  { name: "first steps", scenario: "empty" },
  { name: "home", scenario: "full" },
  { name: "home without a connection", scenario: "offline" },
  { name: "home with a sign-in needed", scenario: "signin" },
  { name: "home that fails", scenario: "failing" },
  { name: "connect", scenario: "full", path: "connect" },
  { name: "data", scenario: "full", path: "data" },
  { name: "source", scenario: "full", path: "data/source-family" },
  { name: "file with its original form", scenario: "full", path: "data/file-1", prepare: openFolds },
  { name: "requests", scenario: "full", path: "requests" },
  { name: "request", scenario: "full", path: "requests/request-preschool", prepare: openFolds },
  { name: "request of a company", scenario: "full", path: "requests/request-survey" },
  { name: "request with obstacles", scenario: "full", path: "requests/request-suspicious" },
  { name: "request that was answered", scenario: "full", path: "requests/request-culture" },
  { name: "request that has expired", scenario: "expired", path: "requests/request-preschool" },
  { name: "permissions", scenario: "full", path: "permissions" },
  { name: "permission", scenario: "full", path: "permissions/permission-culture" },
  { name: "withdrawn permission", scenario: "full", path: "permissions/permission-withdrawn" },
  { name: "uses", scenario: "full", path: "uses" },
  { name: "offers", scenario: "full", path: "offers", prepare: openFolds },
  { name: "settings", scenario: "signin", path: "settings" },
  { name: "nothing here", scenario: "full", path: "requests/nothing" },
];

/** The screens with the longest names that an organisation can think of. */
export const LONG_SCREENS = [
  "home",
  "data",
  "data/source-family",
  "requests",
  "requests/request-preschool",
  "permissions",
  "permissions/permission-culture",
  "uses",
  "offers",
  "settings",
].map((path) => ({ name: `${path} with long names`, scenario: "longnames", path }));

async function start(page) {
  await page.locator("main button").last().click();
  await page.locator("input[type=password]").first().fill("salasana1234");
  await page.locator("form button[type=submit]").click();
  await page.locator(".strength__words").waitFor();
}

async function submitForm(page) {
  await page.locator("input[type=password]").fill("ei tämä");
  await page.locator("form button[type=submit]").click();
  await page.locator("[role=alert] .notice").waitFor();
}

async function openFolds(page) {
  for (const summary of await page.locator("summary").all()) {
    await summary.click();
  }
}
