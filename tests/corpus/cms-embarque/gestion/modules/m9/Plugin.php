<?php

class Plugin9
{
}
