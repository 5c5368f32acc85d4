<?php

class Plugin6
{
}
