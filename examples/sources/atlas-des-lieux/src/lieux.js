/** Garde les lieux confirmés depuis moins d'un an. */
export function lieuxOuverts(lieux, aujourdHui = new Date()) {
  const limite = new Date(aujourdHui);
  limite.setFullYear(limite.getFullYear() - 1);
  return lieux.filter((lieu) => new Date(lieu.confirme) >= limite);
}
