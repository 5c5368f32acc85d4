package fr.gouv.registre;

import org.junit.jupiter.api.Test;

class RegistreTest {
    @Test
    void ouvre() {
        new Registre();
    }
}
