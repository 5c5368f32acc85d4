#' Effectifs
#' @export
effectifs <- function(annee) {
  annee
}
