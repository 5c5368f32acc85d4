<?php

class UnTest extends TestCase
{
    public function testUn()
    {
    }
}
