defmodule WebTest do
  use ExUnit.Case

  test "accueil" do
    assert Web.accueil() == :ok
  end
end
