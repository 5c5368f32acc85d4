const assert = require("node:assert/strict");
const { test } = require("node:test");

const { score } = require("../src/score");

test("sans réponse il n'y a pas de score", () => {
  assert.equal(score([]), null);
});

test("les notes 4 et 5 sont favorables", () => {
  assert.equal(score([5, 4, 3, 1]), 50);
});
