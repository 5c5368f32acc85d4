<?php

class Plugin5
{
}
