<?php

class Plugin0
{
}
