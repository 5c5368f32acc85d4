const http = require("node:http");

const { score } = require("./score");

const reponses = [];

http
  .createServer((requete, reponse) => {
    const note = Number(new URL(requete.url, "http://localhost").searchParams.get("note"));
    if (note >= 1 && note <= 5) reponses.push(note);
    reponse.setHeader("content-type", "application/json");
    reponse.end(JSON.stringify({ score: score(reponses) }));
  })
  .listen(process.env.PORT || 3000);
