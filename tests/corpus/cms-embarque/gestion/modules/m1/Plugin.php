<?php

class Plugin1
{
}
