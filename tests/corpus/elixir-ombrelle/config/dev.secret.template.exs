import Config
config :web, jeton: "à remplacer"
