import { expect, test } from "vitest";
import { addWorkingDays } from "./index.js";

test("adds", () => {
  expect(addWorkingDays(new Date(0), 1).getTime()).toBe(86400000);
});
