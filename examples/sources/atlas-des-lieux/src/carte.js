import maplibregl from "maplibre-gl";

import { lieuxOuverts } from "./lieux.js";

const carte = new maplibregl.Map({
  container: "carte",
  style: "/style.json",
  center: [2.4, 46.6],
  zoom: 5,
});

carte.on("load", async () => {
  const reponse = await fetch("/lieux.json");
  for (const lieu of lieuxOuverts(await reponse.json())) {
    new maplibregl.Marker().setLngLat([lieu.lon, lieu.lat]).addTo(carte);
  }
});
