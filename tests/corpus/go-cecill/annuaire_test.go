// SPDX-License-Identifier: CECILL-B

package annuaire

import "testing"

func TestNom(t *testing.T) {
	if Nom() != "annuaire" {
		t.Fatal(Nom())
	}
}
