defmodule Plateforme.MixProject do
  use Mix.Project

  def project do
    [apps_path: "apps", version: "0.1.0", deps: deps(), aliases: [setup: ["deps.get"]]]
  end

  defp deps, do: [{:credo, "~> 1.7"}]
end
