class Chantier < ActiveRecord::Base
  validates :titre, presence: true
end
