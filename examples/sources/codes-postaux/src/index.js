// SPDX-License-Identifier: MIT

/** Codes of overseas départements and territories start with three digits of their own. */
const OVERSEAS = /^9[78]\d/;

/** Codes that belong to a collectivity whose number is not their beginning. */
const SPECIAL = new Map([
  ["97133", "977"],
  ["97150", "978"],
]);

/**
 * Tells whether a text has the shape of a French postal code.
 * @param {string} text
 * @returns {boolean}
 */
export function isPostalCode(text) {
  return /^(?:0[1-9]|[1-8]\d|9[0-8])\d{3}$/.test(text);
}

/**
 * Gives the département of a postal code, or null when the shape is not valid.
 * @param {string} code
 * @returns {string | null}
 */
export function departmentOf(code) {
  if (!isPostalCode(code)) return null;
  if (SPECIAL.has(code)) return SPECIAL.get(code);
  if (OVERSEAS.test(code)) return code.slice(0, 3);
  if (code.startsWith("20")) return code < "20200" ? "2A" : "2B";
  return code.slice(0, 2);
}

/**
 * Writes a postal code with five digits, adding the zero that a spreadsheet dropped.
 * @param {string | number} value
 * @returns {string | null}
 */
export function formatPostalCode(value) {
  const text = String(value).replaceAll(/\s/g, "").padStart(5, "0");
  return isPostalCode(text) ? text : null;
}
