package fr.gouv.registre;

public final class Registre {
}
