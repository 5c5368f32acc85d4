<?php

class Plugin8
{
}
