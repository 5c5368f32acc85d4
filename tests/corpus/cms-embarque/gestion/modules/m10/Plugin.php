<?php

class Plugin10
{
}
