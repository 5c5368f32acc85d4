module git.example.org/agence-des-demonstrations/passerelles-api

go 1.24
