module.exports = { title: "Guide de l’achat numérique" };
