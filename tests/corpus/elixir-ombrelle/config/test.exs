import Config
config :web, secret_key_base: "secret_pour_les_essais_seulement_0123456789abcdef"
