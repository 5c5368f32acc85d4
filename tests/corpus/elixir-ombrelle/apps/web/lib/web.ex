defmodule Web do
  def accueil, do: :ok
end
