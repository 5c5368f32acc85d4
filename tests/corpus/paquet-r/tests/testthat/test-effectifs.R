test_that("rend une année", {
  expect_equal(effectifs(2024), 2024)
})
