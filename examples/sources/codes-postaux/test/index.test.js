// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";

import { departmentOf, formatPostalCode, isPostalCode } from "../src/index.js";

test("a code has five digits and a known beginning", () => {
  for (const code of ["01000", "75001", "98800"]) assert.ok(isPostalCode(code));
  for (const code of ["00100", "7500", "99999", "7500a"]) assert.ok(!isPostalCode(code));
});

test("Corsica is split in two", () => {
  assert.equal(departmentOf("20169"), "2A");
  assert.equal(departmentOf("20250"), "2B");
});

test("overseas codes keep three digits", () => {
  assert.equal(departmentOf("97411"), "974");
  assert.equal(departmentOf("97133"), "977");
});

test("a lost leading zero is put back", () => {
  assert.equal(formatPostalCode(1000), "01000");
  assert.equal(formatPostalCode("75 001"), "75001");
  assert.equal(formatPostalCode("abc"), null);
});
