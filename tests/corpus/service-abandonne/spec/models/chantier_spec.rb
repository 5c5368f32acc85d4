describe Chantier do
  it 'demande un titre' do
    expect(Chantier.new).not_to be_valid
  end
end
