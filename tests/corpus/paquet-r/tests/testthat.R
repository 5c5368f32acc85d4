library(testthat)
library(indicateursRH)
test_check("indicateursRH")
