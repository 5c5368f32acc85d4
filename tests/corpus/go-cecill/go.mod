module forge.example.org/dila/annuaire

go 1.22

require github.com/go-chi/chi/v5 v5.2.1
