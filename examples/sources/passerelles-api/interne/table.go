// Package interne garde la table de correspondance.
package interne

// Table associe, pour chaque référentiel, un identifiant à un établissement.
type Table map[string]map[string]string

// Charger donne la table livrée avec le programme.
func Charger() Table {
	return Table{
		"registre-a": {"A-0042": "etablissement-1"},
		"registre-b": {"B-7781": "etablissement-1"},
	}
}

// Traduire cherche l'identifiant du même établissement dans un autre référentiel.
func (t Table) Traduire(de, vers, id string) (string, bool) {
	etablissement, connu := t[de][id]
	if !connu {
		return "", false
	}
	for autre, meme := range t[vers] {
		if meme == etablissement {
			return autre, true
		}
	}
	return "", false
}
