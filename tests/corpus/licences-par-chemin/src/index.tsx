export const titre = "Catalogue";
