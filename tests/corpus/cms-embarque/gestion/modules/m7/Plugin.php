<?php

class Plugin7
{
}
