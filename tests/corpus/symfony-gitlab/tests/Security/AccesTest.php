<?php

use PHPUnit\Framework\TestCase;

final class AccesTest extends TestCase
{
    public function testAcces(): void
    {
        self::assertTrue(true);
    }
}
