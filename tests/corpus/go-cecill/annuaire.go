// SPDX-License-Identifier: CECILL-B

package annuaire

func Nom() string { return "annuaire" }
