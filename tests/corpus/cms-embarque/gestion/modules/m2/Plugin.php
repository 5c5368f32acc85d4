<?php

class Plugin2
{
}
