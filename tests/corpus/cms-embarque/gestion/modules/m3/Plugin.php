<?php

class Plugin3
{
}
