<?php

return ['key' => 'CHANGE_ME!!!!!!!!!!!!!!!!!!!!!!!'];
