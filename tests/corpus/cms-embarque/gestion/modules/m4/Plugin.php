<?php

class Plugin4
{
}
