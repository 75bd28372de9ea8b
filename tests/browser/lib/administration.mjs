// What administrators do.

import { consoleUrl } from "./demo.mjs";
import { loggedIn } from "./browser.mjs";
import { field, message } from "./desk.mjs";

/** The page of a person, found by login name. */
export async function openPerson(person, login) {
  const { page } = person;
  await page.goto(consoleUrl(`/people?q=${encodeURIComponent(login)}`));
  await page.getByRole("row").filter({ has: page.getByRole("cell", { name: login, exact: true }) }).getByRole("link").first().click();
  await page.getByRole("heading", { name: "任职与经历" }).waitFor();
}

/** Fills the form of a new duty; `unit` is a part of the unit's name. */
export async function grant(person, duty, unit) {
  const { page } = person;
  await field(page, "职责").selectOption({ label: duty });
  if (unit) {
    const wanted = await field(page, "单位").locator("option").evaluateAll(
      (options, part) => options.find((option) => option.textContent.includes(part))?.value,
      unit,
    );
    await field(page, "单位").selectOption(wanted);
  }
  await page.getByRole("button", { name: "任职", exact: true }).click();
}

/** The security administrator gives a demo person a duty at a unit. */
export async function appoint(login, duty, unit) {
  const security = await loggedIn("admin.security");
  await openPerson(security, login);
  await grant(security, duty, unit);
  await message(security.page).getByText("任职已生效").waitFor();
  await security.context.close();
}
