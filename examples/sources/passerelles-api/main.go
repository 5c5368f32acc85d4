// Passerelles traduit l'identifiant d'un établissement d'un référentiel à l'autre.
package main

import (
	"encoding/json"
	"log"
	"net/http"

	"git.example.org/agence-des-demonstrations/passerelles-api/interne"
)

func main() {
	table := interne.Charger()
	http.HandleFunc("/traduire", func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		id, trouve := table.Traduire(q.Get("de"), q.Get("vers"), q.Get("id"))
		if !trouve {
			http.Error(w, "identifiant inconnu", http.StatusNotFound)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(map[string]string{"id": id})
	})
	log.Fatal(http.ListenAndServe(":8080", nil))
}
