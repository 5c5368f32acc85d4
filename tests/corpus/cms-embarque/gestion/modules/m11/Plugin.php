<?php

class Plugin11
{
}
