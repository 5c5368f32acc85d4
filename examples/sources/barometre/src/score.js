/** Part des réponses favorables (4 ou 5), en pour cent ; null sans réponse. */
function score(reponses) {
  if (reponses.length === 0) return null;
  const favorables = reponses.filter((note) => note >= 4).length;
  return Math.round((100 * favorables) / reponses.length);
}

module.exports = { score };
